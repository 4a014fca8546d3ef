/* edit_form_page.h: a form of the register, whatever it is about. */
#pragma once
#include "domain/register/edit.h"
#include "web/screen.h"

typedef struct EditForm {
	const Entity      *entity;
	const char *const *fields;
	Id                 service;              /* whose part, 0 = none */
	Str                title, lead, action, back;
} EditForm;

/* As stored; as it was sent; as stored, with problems of the small form that ends a part. */
typedef enum EditShown { EDIT_FRESH, EDIT_TYPED, EDIT_END_REFUSED } EditShown;
Err edit_show(Req *r, const EditForm *f, const void *row, EditShown how);
/* Reads the form into `row`, a copy of `stored` (NULL = a new record), and saves it. *done is false when a page with problems was shown. */
MUST_USE Err edit_save(Req *r, const EditForm *f, void *row, const void *stored, bool *done);
