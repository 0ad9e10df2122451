// A driver of a toy with two boxes, for the tests of lint.
#include "box.h"

static int toy_check(struct toy *toy)
{
	if (toy->size > 3)
		return -22;
	return 0;
}

static int toy_probe(struct toy *toy)
{
	int ret = toy_check(toy);

	if (ret)
		return ret;
	ret = box_open(&toy->first);
	if (ret)
		return ret;
	ret = box_open(
		&toy->second);
	if (ret)
		goto err_close;
	return 0;

err_close:
	box_close(&toy->first);
	return ret;
}

static void toy_remove(struct toy *toy)
{
	box_close(&toy->second);
	box_close(&toy->first);
}
