/* edit_routes_page.h: addresses of the working pages of services and providers, for the row of the subject. */
#pragma once
#include "domain/register/confirm_page.h"
#include "domain/register/edit_page.h"
#include "domain/register/merge_page.h"
#include "domain/register/own_page.h"
#include "domain/register/service_page.h"
#include "domain/register/suggest_page.h"

#define SERVICE_LISTS "target_groups,age_groups"

#define EDIT_ROUTES \
	{GET, "/app/sluzby", page_service_list, "register.read", .entity = &service_entity, .formats = true, .files_need = "exchange.export", .title = "Služby"}, \
	{GET, "/app/sluzby/neaktualni", page_service_stale, "register.read", .entity = &service_entity, .formats = true, .files_need = "exchange.export", .title = "Nepotvrzené služby"}, \
	{GET, "/app/sluzby/navrhy", page_suggestions, CAP_REGISTER_EDIT, .parameters = "", .title = "Návrhy změn"}, \
	{POST, "/app/sluzby/potvrdit", post_confirm_many, CAP_REGISTER_EDIT, .lists = "id", .fields = "id"}, \
	{GET, "/app/sluzby/novy", page_service_new, CAP_REGISTER_EDIT, .entity = &service_entity, .parameters = "poskytovatel"}, \
	{POST, "/app/sluzby/novy", post_service_new, CAP_REGISTER_EDIT, .entity = &service_entity, .lists = SERVICE_LISTS}, \
	{GET, "/app/sluzby/{id}", page_service, "register.read", .entity = &service_entity, .parameters = ""}, \
	{GET, "/app/sluzby/{id}/kapacity", page_service_capacities, "register.read", .entity = &service_entity, .parameters = ""}, \
	{GET, "/app/sluzby/{id}/mista", page_service_places, "register.read", .entity = &service_entity, .parameters = ""}, \
	{GET, "/app/sluzby/{id}/kontakty", page_service_contacts, "register.read", .entity = &service_entity, .parameters = ""}, \
	{GET, "/app/sluzby/{id}/historie", page_service_history, "history.read", .entity = &service_entity, .parameters = "pred"}, \
	{GET, "/app/sluzby/{id}/upravit", page_service_edit, CAP_REGISTER_EDIT, .entity = &service_entity, .parameters = ""}, \
	{POST, "/app/sluzby/{id}/upravit", post_service_edit, CAP_REGISTER_EDIT, .entity = &service_entity, .lists = SERVICE_LISTS}, \
	{POST, "/app/sluzby/{id}/potvrdit", post_service_confirm, CAP_REGISTER_EDIT, .fields = ""}, \
	{GET, "/app/sluzby/{id}/navrhy", page_decide, CAP_REGISTER_EDIT, .parameters = ""}, \
	{POST, "/app/sluzby/{id}/navrhy", post_decide, CAP_REGISTER_EDIT, .fields = "valid_from,rozhodnuti-*,odpoved-*"}, \
	{GET, "/app/sluzby/{id}/sloucit", page_merge, CAP_REGISTER_EDIT, .entity = &service_entity, .parameters = "q,cil"}, \
	{POST, "/app/sluzby/{id}/sloucit", post_merge, CAP_REGISTER_EDIT, .entity = &service_entity}, \
	PART_ROUTES("formy", &form_row_entity), \
	PART_ROUTES("kapacity", &capacity_entity), \
	PART_ROUTES("mista", &facility_entity), \
	PART_ROUTES("kontakty", &contact_entity), \
	{GET, "/app/poskytovatele", page_provider_list, "register.read", .entity = &provider_entity, .formats = true, .files_need = "exchange.export", .title = "Poskytovatelé"}, \
	{GET, "/app/poskytovatele/novy", page_provider_new, CAP_REGISTER_EDIT, .entity = &provider_entity, .parameters = ""}, \
	{POST, "/app/poskytovatele/novy", post_provider_new, CAP_REGISTER_EDIT, .entity = &provider_entity}, \
	{GET, "/app/poskytovatele/{id}", page_provider, "register.read", .entity = &provider_entity, .parameters = ""}, \
	{GET, "/app/poskytovatele/{id}/sluzby", page_provider_services, "register.read", .entity = &provider_entity, .parameters = ""}, \
	{GET, "/app/poskytovatele/{id}/historie", page_provider_history, "history.read", .entity = &provider_entity, .parameters = "pred"}, \
	{GET, "/app/poskytovatele/{id}/upravit", page_provider_edit, CAP_REGISTER_EDIT, .entity = &provider_entity, .parameters = ""}, \
	{POST, "/app/poskytovatele/{id}/upravit", post_provider_edit, CAP_REGISTER_EDIT, .entity = &provider_entity}, \
	{GET, "/app/poskytovatele/{id}/sloucit", page_merge, CAP_REGISTER_EDIT, .entity = &provider_entity, .parameters = "q,cil"}, \
	{POST, "/app/poskytovatele/{id}/sloucit", post_merge, CAP_REGISTER_EDIT, .entity = &provider_entity}, \
	{GET, "/app/moje-sluzby", page_own_list, "register.own", .parameters = "", .title = "Moje služby"}, \
	{GET, "/app/moje-sluzby/navrhy", page_my_suggestions, CAP_REGISTER_SUGGEST, .parameters = "q", .title = "Moje návrhy změn"}, \
	{POST, "/app/moje-sluzby/navrhy", post_my_suggestions, CAP_REGISTER_SUGGEST, .fields = "stahnout"}, \
	{GET, "/app/moje-sluzby/{id}", page_own, "register.own", .parameters = ""}, \
	{POST, "/app/moje-sluzby/{id}/potvrdit", post_own_confirm, "register.confirm", .fields = ""}, \
	{GET, "/app/moje-sluzby/{id}/navrh", page_suggest, CAP_REGISTER_SUGGEST, .parameters = ""}, \
	{POST, "/app/moje-sluzby/{id}/navrh", post_suggest, CAP_REGISTER_SUGGEST, .lists = "service-target_groups,service-age_groups"}
