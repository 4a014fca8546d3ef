/* register_records.h: rows of the module: records that other subjects bind things to. */
#pragma once
#include "core/record.h"

extern const RecordKind register_records[2];
