/* register_cli.h: the commands of the subject. */
#pragma once
#include "core/ctx.h"

int register_import_command(Ctx *c, int argc, char **argv);
int register_generate_command(Ctx *c, int argc, char **argv);
