# one is renamed, one has moved, the macro is gone
setup: cp -r lint/tree tree && sed -i '2d; s/box_open/box_try_open/' tree/lib/box.c
tenure lint --specs lint/specs --tree tree lint/toy.json
