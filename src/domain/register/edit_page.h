/* edit_page.h: forms of the register: providers, services and the parts of services. */
#pragma once
#include "domain/register/edit.h"
#include "web/screen.h"

Err page_service_new(Req *r);
Err post_service_new(Req *r);
Err page_service_edit(Req *r);
Err post_service_edit(Req *r);
Err page_provider_new(Req *r);
Err post_provider_new(Req *r);
Err page_provider_edit(Req *r);
Err post_provider_edit(Req *r);
/* The route's entity says which part: /app/sluzby/{id}/formy/{radek} */
Err page_part_new(Req *r);
Err post_part_new(Req *r);
Err page_part_edit(Req *r);
Err post_part_edit(Req *r);
Err post_part_end(Req *r);

#define PART_ROUTES(segment, what) \
	{GET, "/app/sluzby/{id}/" segment "/novy", page_part_new, CAP_REGISTER_EDIT, .entity = what}, \
	{POST, "/app/sluzby/{id}/" segment "/novy", post_part_new, CAP_REGISTER_EDIT, .entity = what}, \
	{GET, "/app/sluzby/{id}/" segment "/{radek}", page_part_edit, CAP_REGISTER_EDIT, .entity = what}, \
	{POST, "/app/sluzby/{id}/" segment "/{radek}", post_part_edit, CAP_REGISTER_EDIT, .entity = what}, \
	{POST, "/app/sluzby/{id}/" segment "/{radek}/ukoncit", post_part_end, CAP_REGISTER_EDIT, .entity = what}

/* ---- shared by the pages of the subject ---- */

/* Municipalities of the region by name, and the chosen one wherever it is. */
FieldView municipality_field(Req *r, const Field *f, Id chosen, bool as_typed);
/* A service that this officer works with; when it was merged, *moved is where it lives now and *ret is NULL. */
MUST_USE Err service_open(Req *r, AsOf at, Service **ret, Id *moved);
