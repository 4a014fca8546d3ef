#include "domain/people/account_states_page.h"

#include "domain/people/account_states.html.h"

Err page_account_states(Req *r) {
	AccountStates states;
	TRY(account_states(r->c, &states));
	view_account_states(page(r, S("Účty podle stavu")), r->c, states);
	return OK;
}
