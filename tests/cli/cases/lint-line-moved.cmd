# a line more at the top of the driver
setup: cp -r lint/tree tree && sed -i '1a // one more' tree/drivers/toy.c
tenure lint --specs lint/specs --tree tree lint/toy.json
