import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { graphql, requestSubscription, useRelayEnvironment } from 'react-relay';
import type { typingSubscription, typingSubscription$data } from './__generated__/typingSubscription.graphql.ts';
import { keepOpen } from './keep-open.ts';

/** The names of people who are typing, by the conversation's id. */
const Typists = createContext<ReadonlyMap<string, string>>(new Map());

/** Returns the name of the person who is typing in a conversation; null if nobody is. */
export function useTypist(conversationId: string): string | null {
  return useContext(Typists).get(conversationId) ?? null;
}

const subscription = graphql`
  subscription typingSubscription {
    typing {
      conversationId
      isTyping
      at
      until
      agent { name }
      participant { name }
    }
  }
`;

/** Follows the typing indicators of all conversations, each until its end. */
export function TypingProvider({ children }: { children: ReactNode }) {
  const environment = useRelayEnvironment();
  const [typists, setTypists] = useState<ReadonlyMap<string, string>>(new Map());

  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const end = (id: string) => setTypists((now) => new Map([...now].filter(([each]) => each !== id)));

    function show({ conversationId, isTyping, at, until, agent, participant }: typingSubscription$data['typing']): void {
      clearTimeout(timers.get(conversationId));
      const remaining = isTyping && until != null ? Date.parse(until) - Date.parse(at) : 0;
      if (remaining > 0) setTypists((now) => new Map(now).set(conversationId, agent?.name ?? participant?.name ?? 'Somebody'));
      timers.set(
        conversationId,
        setTimeout(() => end(conversationId), remaining),
      );
    }

    const close = keepOpen({
      onState: () => {},
      // The stream of changes shows why the gateway refuses.
      onFailure: () => {},
      open: ({ onOpen, onError, onCompleted }) =>
        requestSubscription<typingSubscription>(environment, {
          subscription,
          variables: {},
          cacheConfig: { metadata: { onOpen } },
          onNext: (data) => data != null && show(data.typing),
          onError,
          onCompleted,
        }),
    });
    return () => {
      close();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [environment]);

  return <Typists value={typists}>{children}</Typists>;
}
