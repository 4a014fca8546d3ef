#include "tools/sql/sql.h"

/* Words that at least one of the engines refuses as a name, sorted. */
static const char *const reserved[] = {
	"add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "autoincrement",
	"between", "binary", "both", "case", "cast", "check", "collate", "collation", "column", "commit", "concurrently", "constraint",
	"create", "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
	"current_user", "default", "deferrable", "delete", "desc", "distinct", "do", "drop", "else", "end", "escape", "except", "exists",
	"false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "index", "initially",
	"inner", "insert", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
	"localtimestamp", "natural", "not", "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps",
	"placing", "primary", "references", "returning", "right", "select", "session_user", "set", "similar", "some", "symmetric", "table",
	"tablesample", "then", "to", "trailing", "transaction", "true", "union", "unique", "update", "user", "using", "values", "variadic",
	"verbose", "when", "where", "window", "with",
};

bool word_is_reserved(Str word) {
	Token t = {T_WORD, word, 0};
	for (size_t i = 0; i < LEN(reserved); i++)
		if (token_is(&t, reserved[i]))
			return true;
	return false;
}
