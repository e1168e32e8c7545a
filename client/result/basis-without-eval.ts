import type { Plugin } from 'vite'

/**
 * Basis Universal's encoder writes the glue between JavaScript and WebAssembly as source text and compiles it (embind with
 * `DYNAMIC_EXECUTION=1`), which a content security policy without 'unsafe-eval' forbids. These are the same two functions
 * as closures, in the encoder's own names; what they replace is matched to the letter, so that another version of the
 * package fails the build instead of the page.
 */
const replacements: readonly [name: string, original: RegExp, closure: string][] = [
  [
    // Makes a C++ function or method callable: arguments to wire types, call, destructors, return value.
    'createJsInvoker',
    /function createJsInvoker\(argTypes,isClassMethodFunc,returns,isAsync\)\{.*?return new Function\(args1,invokerFnBody\)\}/s,
    `function createJsInvoker(argTypes, isClassMethodFunc, returns) {
  const needsDestructorStack = usesDestructorStack(argTypes);
  const argCount = argTypes.length - 2;
  return (humanName, throwBindingError, invoker, fn, runDestructors, fromRetWire, toClassParamWire, ...converters) => {
    const toArgWire = converters.slice(0, argCount);
    return function (...args) {
      const destructors = needsDestructorStack ? [] : null;
      const thisWired = isClassMethodFunc ? [toClassParamWire(destructors, this)] : [];
      const wired = [...thisWired, ...toArgWire.map((toWire, i) => toWire(destructors, args[i]))];
      const rv = invoker(fn, ...wired);
      if (needsDestructorStack) runDestructors(destructors);
      else {
        const first = isClassMethodFunc ? 1 : 2;
        argTypes.slice(first).forEach((type, i) => type.destructorFunction?.(wired[i]));
      }
      if (returns) return fromRetWire(rv);
    };
  };
}`,
  ],
  [
    // Lets C++ call JavaScript: a function (0), a method (1), a constructor (2), or a conversion (3).
    '__emval_create_invoker',
    /var captures=\{toValue:Emval\.toValue\};.*?var invokerFunction=new Function\(Object\.keys\(captures\),functionBody\)\(\.\.\.Object\.values\(captures\)\);/s,
    `var invokerFunction = (handle, methodName, destructorsRef, args) => {
  const values = argFromPtr.map((read, i) => read(args + i * GenericWireTypeSize));
  const called = () => {
    switch (kind) {
      case 0: return Emval.toValue(handle)(...values);
      case 1: return Emval.toValue(handle)[getStringOrSymbol(methodName)](...values);
      case 2: return new (Emval.toValue(handle))(...values);
      default: return values.at(-1);
    }
  };
  const result = called();
  if (!retType.isVoid) return emval_returnValue(toReturnWire, destructorsRef, result);
};`,
  ],
]

/**
 * The encoder's script without dynamic code.
 *
 * @param script `ktx2-encoder/dist/basis/basis_encoder.js`
 * @throws Error where it is none that this knows
 */
export function withoutEval(script: string): string {
  let changed = script
  for (const [name, original, closure] of replacements) {
    if (!original.test(changed)) {
      throw new Error(
        `ktx2-encoder is a version whose ${name} is not known here: adapt client/result/basis-without-eval.ts.`,
      )
    }
    changed = changed.replace(original, () => closure)
  }
  if (/\b(new Function|eval)\(/.test(changed)) {
    throw new Error(
      'ktx2-encoder compiles source text in one more place: adapt client/result/basis-without-eval.ts.',
    )
  }
  return changed
}

/** Builds pages whose policy forbids dynamic code: KTX2 textures are written there too. */
export function basisWithoutEval(): Plugin {
  return {
    name: 'basis-without-eval',
    transform: (code, id) =>
      /\/ktx2-encoder\/.*\/basis_encoder\.js(\?|$)/.test(id) ? withoutEval(code) : null,
  }
}
