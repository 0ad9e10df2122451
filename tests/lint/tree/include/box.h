// What stands in the header of the library of boxes.
#ifdef BOXES
#define box_shut box_close
#else
static inline void box_shut(struct box *box)
{
}
#endif

static inline int box_size(struct box *box)
{
	return box_count(box);
}
