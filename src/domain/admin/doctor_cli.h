/* doctor_cli.h: commands of checks and retention, for the module's row. */
#pragma once
#include "core/ctx.h"

int cli_doctor(Ctx *c, int argc, char **argv);
int cli_retention(Ctx *c, int argc, char **argv);
