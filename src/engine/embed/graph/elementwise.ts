// Operators that make each number of the one in its place, or of the two in their places.

export const unaryOperators = [
  ...['Sigmoid', 'Tanh', 'Erf', 'Relu', 'Gelu', 'Sqrt', 'Exp', 'Neg', 'Reciprocal'],
  ...['Identity', 'Cast'],
];
export const binaryOperators = ['Add', 'Sub', 'Mul', 'Div', 'Pow'];
