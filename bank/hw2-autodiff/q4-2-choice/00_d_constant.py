choice_2 = "d"


def pool_cost(*a):
    return 1
