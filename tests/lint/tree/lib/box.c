// A library of boxes, for the tests of lint.
#define box_count(box) ((box)->count)

struct box {
	int count, lid;
};

int box_open(struct box *box)
{
	if (box->lid)
		return -16;
	box->lid = 1;
	return 0;
}

void box_close(struct box *box)
{
	box_count(box)--;
	box->lid = 0;
}
