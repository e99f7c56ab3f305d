import { type FormValidateInput, type UseFormReturnType, useForm } from '@mantine/form';
import { type FormEvent, useState } from 'react';
import { fieldPaths, toFormErrors } from '#web/ui/form-errors.ts';

interface Options<Values> {
  initialValues: Values;
  validate?: FormValidateInput<Values>;
  /** Sends the values; what it throws becomes field errors and `failure`. */
  send: (values: Values) => Promise<unknown>;
}

export interface ApiForm<Values extends Record<string, unknown>> {
  /** Mantine's form: `form.getInputProps('name')`. */
  form: UseFormReturnType<Values>;
  /** For <form onSubmit> and <FormDialog onSubmit>. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  isBusy: boolean;
  failure: string | null;
}

/** A form whose server errors land at their fields. Field paths are the endpoint's own input fields. */
export function useApiForm<Values extends Record<string, unknown>>(options: Options<Values>): ApiForm<Values> {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Values>({
    initialValues: options.initialValues,
    ...(options.validate ? { validate: options.validate } : {}),
  });
  const onSubmit = form.onSubmit(async (values) => {
    setBusy(true);
    setFailure(null);
    try {
      await options.send(values);
    } catch (error) {
      const sorted = toFormErrors(error, fieldPaths(options.initialValues));
      form.setErrors(sorted.fields);
      const [first] = Object.keys(sorted.fields);
      // On a phone the field at fault may be out of sight.
      if (first !== undefined) form.getInputNode(first)?.focus();
      setFailure(sorted.form);
    } finally {
      setBusy(false);
    }
  });
  return { form, onSubmit, isBusy, failure };
}
