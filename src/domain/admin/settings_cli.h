/* settings_cli.h: commands of settings, for the module's row. */
#pragma once
#include "core/ctx.h"

int cli_config_list(Ctx *c, int argc, char **argv);
int cli_config_get(Ctx *c, int argc, char **argv);
int cli_config_set(Ctx *c, int argc, char **argv);
int cli_config_reset(Ctx *c, int argc, char **argv);
