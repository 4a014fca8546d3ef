/* demo.h: a few threads and questions of the sample region. */
#pragma once
#include "domain/messages/messages.h"

MUST_USE Err messages_demo(Ctx *c, DemoSize size);
