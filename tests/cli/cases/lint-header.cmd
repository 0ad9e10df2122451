# in a header: the macro has moved, the inline function calls something else
setup: cp -r lint/tree tree && sed -i '1a // one more' tree/include/box.h && sed -i 's/box_count/box_weight/' tree/include/box.h
tenure lint --specs lint/specs --tree tree
