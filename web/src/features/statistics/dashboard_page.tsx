import { useState } from "react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { Dashboard } from "../../api/types";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { useToast } from "../../ui/toast/toast";
import { BoardDialog } from "./board_dialog";
import { Tiles } from "./tiles";
import { useStatisticsText } from "./words";

export function DashboardPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const board = useRead<Dashboard>(`/dashboards/${id}`);
  return <Answer of={board}>{(data) => <Board board={data} />}</Answer>;
}

function Board({ board }: { board: Dashboard }) {
  const { s, b } = useStatisticsText();
  const say = useToast();
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const name = board.at_home ? b.home : board.name;
  const change = useChange({ onDone: () => say(b.saved) });
  const put = (tiles: Dashboard["tiles"]) => change.mutate({ method: "PUT", path: `/dashboards/${board.id}`, body: { name: board.name, shared: board.shared, tiles, revision: board.revision } });
  const moved = (at: number, by: number) => {
    const tiles = [...board.tiles];
    const [one] = tiles.splice(at, 1);
    if (one) tiles.splice(at + by, 0, one);
    return tiles;
  };
  return (
    <>
      <PageTitle title={name} crumbs={[{ label: s.title, to: "/statistics" }, { label: b.title, to: "/dashboards" }]}
        actions={
          <>
            <Button onPress={() => window.print()}>{s.print}</Button>
            {board.mine && !board.at_home ? <Button onPress={() => setEditing(true)}>{b.edit}</Button> : null}
            {board.mine && !board.at_home ? <Button look="danger" onPress={() => setRemoving(true)}>{b.remove}</Button> : null}
          </>
        }>
        <p className="muted small">{b.by} {board.by_name} · {b.shares[board.shared]}</p>
      </PageTitle>
      {board.tiles.length === 0 ? <EmptyState title={b.no_tiles} action={<LinkButton to="/statistics">{b.to_statistics}</LinkButton>}>{b.no_tiles_hint}</EmptyState> : (
        <Tiles tiles={board.tiles} {...(board.mine ? {
          tools: (at: number) => {
            const title = board.tiles[at]?.title ?? "";
            return (
              <>
                {at > 0 ? <Button small icon look="quiet" aria-label={b.up(title)} onPress={() => put(moved(at, -1))}>↑</Button> : null}
                {at < board.tiles.length - 1 ? <Button small icon look="quiet" aria-label={b.down(title)} onPress={() => put(moved(at, 1))}>↓</Button> : null}
                <Button small icon look="quiet" aria-label={b.take_off(title)} onPress={() => put(board.tiles.filter((_, place) => place !== at))}>✕</Button>
              </>
            );
          },
        } : {})} />
      )}
      {editing ? <BoardDialog board={board} onClose={() => setEditing(false)} onDone={() => { say(b.saved); setEditing(false); }} /> : null}
      {removing ? <RemoveDialog board={board} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

function RemoveDialog({ board, onClose }: { board: Dashboard; onClose: () => void }) {
  const { b, t } = useStatisticsText();
  const say = useToast();
  const navigate = useNavigate();
  const change = useChange({
    onDone: () => {
      say(b.removed);
      void navigate({ to: "/dashboards" });
    },
  });
  return (
    <Dialog title={b.remove_title} isOpen onClose={onClose}>
      <p>{b.remove_text(board.name)}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="danger" busy={change.isPending} onPress={() => change.mutate({ method: "DELETE", path: `/dashboards/${board.id}` })}>{b.remove}</Button>
      </DialogButtons>
    </Dialog>
  );
}
