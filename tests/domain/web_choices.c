/* web_choices.c: references in forms of records: one of few is chosen by its name, one of many is written. */
#include "tests/support/web.h"

TEST("choices: one of few records is chosen by name, not by a number that nobody knows") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.1")};
	web_sign_in(&b, "planovac@demo.invalid");
	Answer a = web_get(&b, "/app/strategie/novy");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("<select class=\"input\" id=\"plan\"")) && str_has(a.body, S("2024–2026 (2024-2026)</option>")) && !str_has(a.body, S("Číslo záznamu")));
}

TEST("choices: of the many units of territory one is written; what was written wrong stays as it was typed") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.2")};
	web_sign_in(&b, "planovac@demo.invalid");
	Answer a = web_get(&b, "/app/karty-uzemi/novy");
	EXPECT(a.status == 200 && str_has(a.body, S("<select class=\"input\" id=\"card\"")) && str_has(a.body, S("name=\"territory\"")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=tamta+karta&territory=999999999&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("value=\"tamta karta\"")) && str_has(a.body, S("value=\"999999999\"")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=999999999&territory=&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("<option value=\"999999999\" selected")));
}
