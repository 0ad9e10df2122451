# the driver closes its boxes once more, in a helper that the spec does not have
setup: cp -r lint/tree tree && sed -i '3s/.*/static void toy_close(struct toy *toy) { box_close(\&toy->first); }/; 33s/;/; toy_close(toy); box_close(\&toy->second);/' tree/drivers/toy.c
tenure lint --specs lint/specs --tree tree lint/toy.json
