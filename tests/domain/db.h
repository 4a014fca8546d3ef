/* db.h: what the tests of the store share. */
#pragma once
#include "tests/support/store.h"
