// The one door to ONNX Runtime.
//
// [Note: No telemetry] Since 1.30 its builds for Linux report to Microsoft unless told not to: they
// keep a database in the home folder, write logs to the temp folder, and send events when they can.
// The variable is read when the library loads, so it is set before, which an ordinary import, hoisted
// above every statement, would not allow. test/unit/embed/noTelemetry.test.ts watches it.
import type * as onnxRuntime from 'onnxruntime-node';

process.env['ORT_DISABLE_TELEMETRY'] = '1';

export const { InferenceSession, Tensor } = await import('onnxruntime-node');
export type InferenceSession = onnxRuntime.InferenceSession;
export type Tensor = onnxRuntime.Tensor;
