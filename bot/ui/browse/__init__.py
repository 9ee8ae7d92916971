"""Ways through the list: pages, menus, collections, tonight."""
