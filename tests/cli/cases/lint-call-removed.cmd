# the driver no longer closes its first box
setup: cp -r lint/tree tree && sed -i '34s/.*//' tree/drivers/toy.c
tenure lint --specs lint/specs --tree tree lint/toy.json
