#include "pipeline/import_work/import_entries.hpp"

#include "pipeline/import_work/entry_reader.hpp"
#include "pipeline/import_work/entry_writer.hpp"

namespace billctl {

void import_entries(ImportRun& run, Source& source, ImportReport& report) {
  TextArena texts;
  EntryReader reader(run, texts);
  EntryMaker maker(run.session, run.options.zone);
  EntryWriter writer(run, report, maker, texts, source.name());
  const auto refuse = [&](const EntryFault& fault) { reader.refuse(fault); };
  const auto rows = open_rows(source, column_names(table_of(TableKind::entries)), run.mistakes);
  Row row;
  EntryDraft draft;
  MadeEntry made;
  while (rows->next(row)) {
    ++report.rows;
    const bool readable = reader.read(row, draft);
    if (readable) {
      maker.make(draft, made);
      if (made.faults.empty()) {
        writer.add(draft, made);
        continue;
      }
      // A row that makes no entry by itself may still change one that is there.
      if (writer.change(draft, refuse)) continue;
      for (const EntryFault& fault : made.faults) refuse(fault);
    }
    run.references.add(TableKind::entries, reader.ref(), References::kWrong);
  }
  writer.finish();
}

}  // namespace billctl
