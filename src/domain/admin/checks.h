/* checks.h: the questions of `sitovka doctor`, in four files by what they look at. Each is a function of the installation, the store and c->now. */
#pragma once
#include "core/check.h"

enum { ADMIN_CHECKS = 47 };
extern const Check admin_checks[ADMIN_CHECKS];

#define CHECK_FUNCTION(name) Err name(Ctx *c, bool *fine, Str *detail)

/* checks_system.c: addresses, files, disk */
CHECK_FUNCTION(check_origin_https);
CHECK_FUNCTION(check_origin_public);
CHECK_FUNCTION(check_proxy_named);
CHECK_FUNCTION(check_listen);
CHECK_FUNCTION(check_demo_private);
CHECK_FUNCTION(check_store_mode);
CHECK_FUNCTION(check_state_mode);
CHECK_FUNCTION(check_secret_mode);
CHECK_FUNCTION(check_owner);
CHECK_FUNCTION(check_disk_space);
CHECK_FUNCTION(check_disk_reserve);
CHECK_FUNCTION(check_wal);
CHECK_FUNCTION(check_schema);
CHECK_FUNCTION(check_clock);
CHECK_FUNCTION(check_integrity_age);
CHECK_FUNCTION(check_trail_age);
CHECK_FUNCTION(check_trail_heads);
CHECK_FUNCTION(check_sort_keys);

/* checks_backup.c */
CHECK_FUNCTION(check_backup_set);
CHECK_FUNCTION(check_backup_age);
CHECK_FUNCTION(check_backup_verified);
CHECK_FUNCTION(check_backup_passed);
CHECK_FUNCTION(check_backup_complete);
CHECK_FUNCTION(check_backup_elsewhere);
CHECK_FUNCTION(check_backup_often);

/* checks_people.c */
CHECK_FUNCTION(check_admins_enough);
CHECK_FUNCTION(check_admins_few);
CHECK_FUNCTION(check_no_role);
CHECK_FUNCTION(check_never_signed_in);
CHECK_FUNCTION(check_long_away);
CHECK_FUNCTION(check_roles_end);
CHECK_FUNCTION(check_demo_accounts);
CHECK_FUNCTION(check_second_factor);
CHECK_FUNCTION(check_second_roles);
CHECK_FUNCTION(check_idle);
CHECK_FUNCTION(check_rotation);

/* checks_work.c: jobs, files, code lists, texts */
CHECK_FUNCTION(check_jobs_failed);
CHECK_FUNCTION(check_jobs_waiting);
CHECK_FUNCTION(check_files_there);
CHECK_FUNCTION(check_scanner);
CHECK_FUNCTION(check_code_successors);
CHECK_FUNCTION(check_code_order);
CHECK_FUNCTION(check_contact);
CHECK_FUNCTION(check_privacy);
CHECK_FUNCTION(check_licence);
CHECK_FUNCTION(check_retention_done);

/* ---- shared ---- */

/* The first column of the first row; 0 without a row. */
MUST_USE Err check_number(Ctx *c, const Sql *sql, const DbValue *values, int count, i64 *ret);
/* Up to five texts of the first column, joined by commas, with "a další" when there are more. */
MUST_USE Err check_names(Ctx *c, const Sql *sql, const DbValue *values, int count, Str *ret);
/* A day or an instant that was noted as a fact: how old it is; `never` = it was not noted. */
MUST_USE Err check_fact_age(Ctx *c, const char *key, bool *never, i64 *days);
bool check_is_demo(Ctx *c);
/* For tests: who is asked how much room there is. */
extern bool (*checks_disk)(const char *folder, u64 *bytes_free, u64 *bytes);
bool check_is_local(Str listen_or_origin);
