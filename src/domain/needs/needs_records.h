#pragma once
#include "core/record.h"
#include "domain/needs/need.h"

extern const RecordKind needs_records[1];
