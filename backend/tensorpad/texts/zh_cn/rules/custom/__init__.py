"""What a program adds to autograd: functions of its own, hooks, and the transforms of `torch.func`."""
