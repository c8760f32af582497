import { Component, type ReactNode } from 'react';
import { Failure } from '../relay/failure.ts';

interface Props {
  /** `attempt` counts the retries: a query takes it as its `fetchKey`, so that it is sent again. */
  children: (attempt: number) => ReactNode;
  /** Shows a failure; `retry` renders the children again. */
  show: (error: Error, retry: () => void) => ReactNode;
  /** True: a failure that needs another key goes to the boundary around the page. */
  passesKeys?: boolean;
}

interface State {
  error: Error | null;
  attempt: number;
}

/** Shows a failure of the parts below it in their place. */
export class FailureBoundary extends Component<Props, State> {
  override state: State = { error: null, attempt: 0 };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  override render(): ReactNode {
    const { error, attempt } = this.state;
    if (error === null) return this.props.children(attempt);
    if (this.props.passesKeys && error instanceof Failure && error.needsKey) throw error;
    return this.props.show(error, () => this.setState({ error: null, attempt: attempt + 1 }));
  }
}
