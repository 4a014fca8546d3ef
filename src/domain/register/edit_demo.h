/* edit_demo.h: people around the services of the sample data. */
#pragma once
#include "domain/register/edit.h"

/* The statutory person of a second provider. */
MUST_USE Err edit_demo(Ctx *c, const EntityList *services);
/* Suggestions and reports in the middle of their way. */
MUST_USE Err machines_demo(Ctx *c, const EntityList *services);
