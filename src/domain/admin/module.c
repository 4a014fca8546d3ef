/* module.c: what the subject admin brings: settings, code lists, accounts, the trail, jobs. */
#include "web/module.h"

extern const Module admin_module;

const Module admin_module = {.name = "admin"};
