export const STATE_MACHINE = "aws:sfn/stateMachine:StateMachine";
