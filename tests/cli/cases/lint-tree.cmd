# what agrees with its source; the macro, the call over two lines and the call of a helper among it
tenure lint --specs lint/specs --tree lint/tree lint/toy.json
