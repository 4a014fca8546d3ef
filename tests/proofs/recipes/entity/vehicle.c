/* vehicle.c: the entity of the recipe; everything follows from its table of fields. */
#include "domain/people/vehicle.h"

ENTITY(vehicle_entity, Vehicle, VEHICLE_FIELDS, .name = "vehicle", .table = "vehicle", .one = "vozidlo", .many = "vozidla",
       .of_many = "vozidel", .article = "n", .dated = true, .key = "plate", .title = "plate", .read = "territory.edit",
       .write = "territory.edit", .path = "/app/sprava/vozidla")
