# the kernel model by itself
tenure lint --specs lint/specs --tree lint/tree
