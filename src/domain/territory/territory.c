/* territory.c: the entities of the subject. */
#include "domain/territory/territory.h"

ENTITY(territory_entity, Territory, TERRITORY_FIELDS, .name = "territory", .table = "territory", .one = "území", .many = "území",
       .of_many = "území", .article = "n", .key = "level,code", .title = "name", .read = "public", .write = "territory.edit",
       .path = "/app/sprava/uzemi", .is_public = true, .raises_data_version = true)

ENTITY(membership_entity, Membership, MEMBERSHIP_FIELDS, .name = "membership", .table = "membership", .one = "příslušnost k území",
       .many = "příslušnosti k území", .of_many = "příslušností k území", .article = "f", .dated = true, .key = "child,parent_level",
       .title = "child", .read = "public", .write = "territory.edit", .path = "/app/sprava/prislusnost", .is_public = true,
       .raises_data_version = true)

ENTITY(population_entity, Population, POPULATION_FIELDS, .name = "population", .table = "population", .one = "počet obyvatel",
       .many = "počty obyvatel", .of_many = "počtů obyvatel", .article = "m", .key = "territory,counted_on,sex,age_from,age_to,source",
       .title = "territory", .order = "counted_on", .read = "public", .write = "territory.edit", .path = "/app/sprava/obyvatelstvo", .is_public = true,
       .raises_data_version = true)
