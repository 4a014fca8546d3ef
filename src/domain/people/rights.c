/* rights.c: the table of objects and roles (DOMAIN § 3) and the capabilities that follow from it. */
#include "domain/people/rights.h"

#include <stdio.h>
#include <stdlib.h>

/* One object per row. Own, territory, district, agenda: the scope of the role says which rows; the state of the object limits further. */
static const ObjectRights objects[] = {
	{"need", "potřeb", "PRV:rc PSG:rcs MUN:rcu MSG:rcus COO:rcusa GRP:rcn CHA:rcusn PLN:rcusa NET:r ECO:r PAY:r MET:r ANA:r KKS:r VED:ra ELE:r AUD:r"},
	{"municipal_statement", "vyjádření obcí", "PRV:r PSG:r MUN:rcu MSG:rcus COO:rcus GRP:r CHA:r PLN:r NET:ra ECO:r PAY:r MET:r ANA:r KKS:r VED:r ELE:r AUD:r"},
	{"activity_card", "karet aktivit", "PRV:rn PSG:rn MUN:rn MSG:rn COO:rnu GRP:r CHA:r PLN:rcuap NET:ru ECO:r PAY:r MET:r ANA:r KKS:r VED:rap ELE:r AUD:r"},
	{"plan", "plánů", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:r PLN:rcuap NET:r ECO:r PAY:r MET:r ANA:r KKS:r VED:rap ELE:r AUD:r"},
	{"consultation", "připomínkových řízení", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:r PLN:rcup NET:r ECO:r PAY:r MET:r ANA:r KKS:r VED:rap ELE:r AUD:r"},
	{"comment", "připomínek", "PRV:rc PSG:rc MUN:rc MSG:rc COO:rc GRP:rc CHA:rc PLN:rcua NET:r ECO:r PAY:r MET:r ANA:r KKS:r VED:r ELE:r AUD:r"},
	{"settlement", "vypořádání připomínek", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:ra PLN:rcuap NET:ru ECO:ru PAY:r MET:ru ANA:ru KKS:r VED:rap ELE:r AUD:r"},
	{"hearing", "veřejných projednání", "PRV:r PSG:r MUN:r MSG:r COO:rcu GRP:r CHA:ra PLN:rcup NET:r ECO:r PAY:r MET:r ANA:r KKS:r VED:ra ELE:r AUD:r"},
	{"body", "orgánů a jejich jednání", "PRV:r PSG:r MUN:r MSG:r COO:rcuap GRP:r CHA:ra PLN:rcuap NET:r ECO:r PAY:r MET:r ANA:r KKS:rcu VED:ra ELE:r AUD:r"},
	{"standpoint", "stanovisek", "PRV:r PSG:r MUN:r MSG:r COO:rcu GRP:r CHA:ra PLN:r NET:r ECO:r PAY:r MET:r ANA:r KKS:rcu VED:r ELE:r AUD:r"},
	{"collection", "sběrů dat", "PRV:r PSG:r MUN:r MSG:r COO:r PLN:r NET:r ECO:r PAY:r MET:rcuap ANA:rcuap KKS:r VED:ra ELE:r AUD:r"},
	{"submission", "výkazů", "PRV:rcu PSG:rcus MUN:rcu MSG:rcus COO:r PLN:r NET:ra ECO:ra PAY:r MET:ra ANA:ra KKS:r VED:r ELE:r AUD:r"},
	{"call", "výzev", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:r PLN:r NET:rcuap ECO:r PAY:r MET:r ANA:r KKS:r VED:ra ELE:r AUD:r"},
	{"network_application", "žádostí o zařazení do sítě", "PRV:rcu PSG:rcus MUN:r MSG:r COO:r GRP:r CHA:r PLN:r NET:rua ECO:r PAY:r MET:r ANA:r HOD:r KKS:r VED:ra ELE:r AUD:r"},
	{"score_sheet", "hodnocení žádostí", "PRV:r PSG:r PLN:r NET:ra ECO:r MET:r HOD:rcu VED:ra ELE:r AUD:r"},
	{"network", "verzí sítě", "PRV:r PSG:r MUN:r MSG:r COO:rn GRP:r CHA:r PLN:r NET:rcu ECO:r PAY:r MET:r ANA:r KKS:r VED:rap ELE:r AUD:r"},
	{"network_means", "peněz na síť", "PLN:r NET:r ECO:rcu ANA:r VED:rcu ELE:r AUD:r"},
	{"network_review", "přehodnocení služeb v síti", "PRV:r PSG:rs COO:r PLN:r NET:rcu ECO:r PAY:r MET:r ANA:r KKS:r VED:r ELE:r AUD:r"},
	{"mandate", "pověření", "PRV:r PSG:r MUN:r MSG:r COO:r PLN:r NET:rcua ECO:r PAY:r MET:r ANA:r KKS:r VED:ra ELE:r AUD:r"},
	{"grant", "dotací", "PRV:rcu PSG:rcus MUN:r MSG:r COO:r GRP:r CHA:r PLN:r NET:r ECO:rcua PAY:r MET:r ANA:r KKS:r VED:rap ELE:r AUD:r"},
	{"payment", "plateb", "PRV:r PSG:r MUN:rcu MSG:rcu NET:r ECO:rc PAY:ra AUD:r"},
	{"financial_settlement", "finančních vypořádání", "PRV:rcu PSG:rcus MUN:r MSG:r PLN:r NET:r ECO:ra PAY:ra MET:r ANA:r VED:r ELE:r AUD:r"},
	{"document", "dokumentů", "COO:r PLN:rcup NET:rcup ECO:rcup PAY:r MET:rcup ANA:rcu KKS:rcup VED:rcup ELE:r AUD:r"},
	{"resolution", "usnesení", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:r PLN:rcu NET:rcu ECO:rcu PAY:r MET:rcu ANA:r KKS:rcu VED:rcu ELE:r AUD:r"},
	{"message", "zpráv", "PRV:rcu PSG:rcu PAD:r MUN:rcu MSG:rcu COO:rcu PLN:rcu NET:rcu ECO:rcu PAY:rcu MET:rcu ANA:rcu KKS:rcu VED:rcu AUD:r"},
	{"question", "dotazů", "PRV:rc PSG:rc PAD:r MUN:rc MSG:rc COO:rc GRP:r CHA:r PLN:ra NET:ra ECO:ra PAY:r MET:ra ANA:ra KKS:r VED:ra ELE:r AUD:r"},
	{"rule_set", "pravidel", "PRV:r PSG:r MUN:r MSG:r COO:r GRP:r CHA:ra PLN:r NET:r ECO:r PAY:r MET:rcu ANA:rcu KKS:r VED:ra ELE:r AUD:r"},
};

static const struct { char letter; const char *word, *title; } verbs[VERB_COUNT] = {
	[VERB_READ] = {'r', "read", "číst"}, [VERB_CREATE] = {'c', "create", "zakládat"}, [VERB_UPDATE] = {'u', "update", "upravovat"},
	[VERB_SUBMIT] = {'s', "submit", "odesílat"}, [VERB_APPROVE] = {'a', "approve", "schvalovat"}, [VERB_PUBLISH] = {'p', "publish", "zveřejňovat"},
	[VERB_PROPOSE] = {'n', "propose", "navrhovat změny"},
};

enum { MAX_RIGHTS = LEN(objects) * VERB_COUNT, ROLES_AT_MOST = 24 };

const ObjectRights *rights_objects(size_t *count) {
	*count = LEN(objects);
	return objects;
}

const char *verb_word(Verb v) {
	return verbs[v].word;
}

const char *verb_title(Verb v) {
	return verbs[v].title;
}

static unsigned bit_of(char letter) {
	for (unsigned v = 0; v < VERB_COUNT; v++)
		if (verbs[v].letter == letter)
			return 1u << v;
	check_failed("a letter of no verb in the table of rights", __FILE__, __LINE__);
}

unsigned rights_verbs(const ObjectRights *o, const char *role) {
	unsigned bits = 0;
	Str      rest = str_c(o->may);
	while (rest.len) {
		Str letters = str_cut(&rest, ' '), code = str_cut(&letters, ':');
		for (size_t i = 0; i < letters.len && str_eq(code, str_c(role)); i++)
			bits |= bit_of(letters.ptr[i]);
	}
	return bits;
}

static unsigned verbs_of_anybody(const ObjectRights *o) {
	unsigned bits = 0;
	size_t   n;
	Str      rest = str_c(o->may);
	while (rest.len) {
		Str letters = str_cut(&rest, ' ');
		str_cut(&letters, ':');
		for (n = 0; n < letters.len; n++)
			bits |= bit_of(letters.ptr[n]);
	}
	return bits;
}

/* Both texts live as long as the program. "evidence potřeb: číst": the genitive fits every verb. */
static Capability capability_of(const ObjectRights *o, Verb v) {
	char *name, *title;
	CHECK(asprintf(&name, "%s.%s", o->object, verbs[v].word) > 0 && asprintf(&title, "evidence %s: %s", o->of_many, verbs[v].title) > 0);
	return (Capability){name, title};
}

static void make_capabilities(Capability *all, size_t *n) {
	for (size_t i = 0; i < LEN(objects); i++)
		for (unsigned v = 0, bits = verbs_of_anybody(&objects[i]); v < VERB_COUNT; v++)
			if (bits >> v & 1)
				all[(*n)++] = capability_of(&objects[i], (Verb)v);
}

const Capability *rights_capabilities(size_t *count) {
	static Capability all[MAX_RIGHTS];
	static size_t     n;
	if (n == 0)
		make_capabilities(all, &n);
	*count = n;
	return all;
}

static const char *name_of(const char *object, const char *verb) {
	size_t            n, length = strlen(object);
	const Capability *all = rights_capabilities(&n);
	for (size_t i = 0; i < n; i++)
		if (strncmp(all[i].name, object, length) == 0 && all[i].name[length] == '.' && strcmp(all[i].name + length + 1, verb) == 0)
			return all[i].name;
	return NULL;
}

const char **rights_of_role(const char *role, const char **own) {
	const char **list = calloc(MAX_RIGHTS + 64, sizeof *list);
	size_t       n = 0;
	CHECK(list);
	for (; own[n]; n++)
		list[n] = own[n];
	for (size_t i = 0; i < LEN(objects); i++)
		for (unsigned v = 0, bits = rights_verbs(&objects[i], role); v < VERB_COUNT; v++)
			if (bits >> v & 1)
				list[n++] = name_of(objects[i].object, verbs[v].word);
	return list;
}
