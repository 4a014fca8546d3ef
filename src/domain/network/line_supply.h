/* line_supply.h: the lines of the basic network as the picture of needs asks for them (domain/needs/gap.h). Nothing while the network has no line. */
#pragma once
#include "domain/needs/gap.h"

extern const NetworkSource line_supply;
