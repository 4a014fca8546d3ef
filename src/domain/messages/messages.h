/* messages.h: what people write to each other in the application, and how the program writes to them. */
#pragma once
#include "core/notice.h"
#include "core/settings.h"

extern const Setting mail_settings[13];
