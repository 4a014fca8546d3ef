/* The model check: every machine of the program passes it, the machines of the whole field can be expressed, and the check finds each planted fault. */
#include "tests/domain/workflow.h"
#include "web/module.h"

static void no_faults(const Machine *m) {
	Strs faults = {0};
	workflow_check(t_arena, m, &faults);
	if (faults.len)
		test_fail(__FILE__, __LINE__, "%zu faults, the first: %.*s", faults.len, STR_ARG(faults.at[0]));
}

TEST("workflow check: every machine of the program passes the model check") {
	size_t n = 0;
	for (; machine_at(n); n++)
		no_faults(machine_at(n));
	size_t told = 0;
	for (size_t i = 0; i < module_count; i++)
		told += modules[i]->machine_count;
	EQ_INT(n, told);
}

TEST("workflow check: plan, route, consultation, comment, submission, application, mandate and payment are expressed and pass") {
	given_work();
	for (size_t i = 0; i < LEN(work_machines); i++)
		no_faults(work_machines[i]);
}

/* ---- planted faults: a sound machine, changed in one place ---- */

static State      states[4];
static Transition actions[6];

static Machine sound(void) {
	given_work();
	memcpy(states, (State[]){{"open", "otevřené", .waits_for = "NET", .task = "Rozhodněte", .why = "Čeká se."}, {"checked", "zkontrolované", .waits_for = "VED"},
	                         {"done", "hotové", .is_final = true, .needs = "check decide"}, {"off", "zrušené", .is_final = true}}, sizeof states);
	memcpy(actions, (Transition[]){{START, "make", "Založit", "založeno", "open", .capability = "t.network"},
	                               {"open", "check", "Zkontrolovat", "zkontrolováno", "checked", .capability = "t.network"},
	                               {"checked", "decide", "Rozhodnout", "rozhodnuto", "done", .capability = "t.publish", .not_by = "check"},
	                               {"checked", "return", "Vrátit", "vráceno", "open", .capability = "t.publish", .reason = REASON_REQUIRED, .restarts = true},
	                               {ANY_STATE, "cancel", "Zrušit", "zrušeno", "off", .capability = "t.publish", .reason = REASON_REQUIRED}}, 5 * sizeof *actions);
	return (Machine){.name = "planted", .title = "Zkouška", .entity = &paper_entity, .states = states, .state_count = LEN(states), .actions = actions,
	                 .action_count = 5};
}

/* The check says it, and with no fault planted it says nothing. */
static void finds(const Machine *m, const char *words) {
	Strs faults = {0};
	workflow_check(t_arena, m, &faults);
	for (size_t i = 0; i < faults.len; i++)
		if (str_has(faults.at[i], str_c(words)))
			return;
	test_fail(__FILE__, __LINE__, "\"%s\" was not found among %zu faults, the first: %.*s", words, faults.len, faults.len ? (int)faults.at[0].len : 0,
	          faults.len ? faults.at[0].ptr : "");
}

TEST("workflow check: the sound machine has no fault") {
	Machine m = sound();
	no_faults(&m);
}

#define PLANTED(title, change, words) \
	TEST("workflow check: it finds " title) { \
		Machine m = sound(); \
		change; \
		finds(&m, words); \
	}

PLANTED("a state that is never reached", actions[4].from = "off open", "leads from the final state off")
PLANTED("a state that no action leads to", actions[1].to = "done", "the state checked is never reached")
PLANTED("a dead end", (actions[1].to = "checked", actions[2].from = "open", actions[3].from = "open", actions[4].from = "open"), "checked is a dead end")
PLANTED("a state from which no end is reached", (actions[2].to = "checked", actions[3].to = "checked", actions[4].from = "open"), "no final state is reached from checked")
PLANTED("an action without a capability", actions[1].capability = NULL, "check has no capability")
PLANTED("a capability that no role holds", actions[1].capability = "t.nobody", "which no role has")
PLANTED("a path around a required step", actions[2].from = "open checked", "needs check, but there is a path without it")
PLANTED("a required step that is not taken again after a return",
        (states[3] = (State){"back", "vrácené", .waits_for = "VED"}, actions[3].to = "back", m.action_count = 6,
         actions[4] = (Transition){"back", "redo", "Opravit", "opraveno", "open", .capability = "t.publish"},
         actions[5] = (Transition){"back", "skip", "Přeskočit", "přeskočeno", "done", .capability = "t.publish"}),
        "needs check, but there is a path without it")
PLANTED("a required action that does not exist", states[2].needs = "sign", "needs sign, an action that does not exist")
PLANTED("two actions of a name from one state", actions[3].action = "decide", "decide leads twice from")
PLANTED("two states of a name", states[3].key = "done", "done is there twice")
PLANTED("a state without a title", states[1].title = "", "has no name or no title")
PLANTED("an action without a title", actions[1].title = NULL, "check has no name, title")
PLANTED("an action that leads nowhere", actions[1].to = "gone", "leads to the state \"gone\"")
PLANTED("an action from a state that does not exist", actions[1].from = "opened", "leads from the state \"opened\"")
PLANTED("an action from a final state", actions[3].from = "checked done", "leads from the final state done")
PLANTED("a machine without a start", actions[0].from = "open", "no action begins it")
PLANTED("a machine without an end", (states[2].is_final = states[3].is_final = false), "has no final state")
PLANTED("a return without a reason", actions[3].reason = REASON_OPTIONAL, "return must want a reason")
PLANTED("a cancellation without a reason", actions[4].reason = REASON_NONE, "cancel must want a reason")
PLANTED("four eyes of an action that does not exist", actions[2].not_by = "prepare", "prepare, an action that does not exist")
PLANTED("a timed action of people", actions[4].on_due = true, "is timed, but people take it")
PLANTED("a timed action without a deadline", actions[4] = ((Transition){"open", "expire", "Uplynout", "uplynulo", "off", .by_system = true, .on_due = true}),
        "the state open has no deadline")
PLANTED("an action of the program that names people", actions[4].by_system = true, "is the program's, but names people")
PLANTED("a state in which nobody is to act", states[1].waits_for = NULL, "nobody is to act in the state checked")
PLANTED("a task for one who can do nothing", states[0].waits_for = "HOD", "waits for HOD, who can do nothing there")
PLANTED("a task for nobody", states[0].waits_for = NULL, "has a task for nobody")
PLANTED("a task that does not say why", states[0].why = NULL, "does not say why")
PLANTED("a role that does not exist", actions[2].notify = "XYZ", "\"XYZ\" is neither a role nor owner")
PLANTED("a setting that does not exist", states[0].term.setting = "no.such", "setting no.such is unknown")
PLANTED("a name with other letters", m.name = "Zkouška", "the name has other characters")
PLANTED("a machine without a title", m.title = NULL, "has no title")

static const Guard unsaid = {"unsaid", "", .waived = "zatím"}, both = {"both", "Pravidlo.", .waived = NULL, .check = NULL};

PLANTED("a guard without a rule", actions[1].guards = GUARDS(&unsaid), "guard unsaid")
PLANTED("a guard that neither asks nor says why not", actions[1].guards = GUARDS(&both), "guard both")

TEST("workflow: two machines of a name, and guards that hang on nothing, are refused at the start") {
	given_work();
	Machine        a = sound(), b = a;
	const Machine *two[] = {&a, &b}, *one[] = {&a};
	Guard          loose[] = {{"loose", "Pravidlo.", .waived = "zatím", .machine = "planted", .action = "paint"}};
	Reaction       deaf[] = {{"nobody", "check", NULL}};
	Str            why = {0};
	EXPECT(!workflow_setup(t_arena, &(WorkTables){two, 2, NULL, 0, NULL, 0}, 1, &why));
	EXPECT(str_has(why, S("dvakrát")));
	EXPECT(!workflow_setup(t_arena, &(WorkTables){one, 1, loose, 1, NULL, 0}, 1, &why));
	EXPECT(str_has(why, S("loose")));
	EXPECT(!workflow_setup(t_arena, &(WorkTables){one, 1, NULL, 0, deaf, 1}, 1, &why));
	EXPECT(str_has(why, S("nobody")));
}
