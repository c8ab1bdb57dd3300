package stella.gateway.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stella.gateway.outbox.OutboxChain.Head;
import stella.gateway.outbox.Submissions.Outcome;

/** Who waits for which key of an outbox; forgotten when the outbox restarts, so whoever has no answer asks again. */
final class Listeners {
    private final Map<String, List<Outbox.Submit>> waiting = new HashMap<>();

    void add(Outbox.Submit submit) {
        waiting.computeIfAbsent(submit.key(), _ -> new ArrayList<>()).add(submit);
    }

    void included(String key, Head block) {
        for (Outbox.Submit submit : waiting.getOrDefault(key, List.of()))
            submit.included().ifPresent(to -> to.tell(new Outbox.Included(key, block.number(), block.hash())));
    }

    void settled(String key, Outcome outcome) {
        List<Outbox.Submit> asked = waiting.remove(key);
        if (asked != null) asked.forEach(submit -> submit.replyTo().tell(new Outbox.Answer(key, outcome)));
    }
}
