export type AnswerBlock =
  | { kind: 'reasoning'; text: string }
  | { kind: 'text'; text: string }
  /** `json` is the arguments' text; cut short when the answer is. */
  | { kind: 'tool'; id: string; name: string; json: string };

/** A whole answer before it is put on the wire. `stopReason` is Bedrock's word. */
export type SimulatedAnswer = { blocks: readonly AnswerBlock[]; stopReason: string };
