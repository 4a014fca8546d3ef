/* demo.h: the sample network: seven years of versions over the services of the sample register. */
#pragma once
#include "domain/network/network.h"

MUST_USE Err network_demo(Ctx *c, DemoSize size);
