/* command.h: verbs of the command line that the subject brings. */
#pragma once
#include "domain/territory/territory.h"

int territory_import_command(Ctx *c, int argc, char **argv);
