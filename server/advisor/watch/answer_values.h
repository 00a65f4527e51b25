// Which values of the items of an answer are noted, since a later request may go by them: the id of
// another item, as it is or as a part of a key ("17ab" of "USER#17ab").
//
// All of it is guessed: which attributes hold ids, where the id begins in a key, how many items are
// enough to recognise a loop.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/trace/trace.h"
#include "storage/item/encoded.h"

namespace dynarock::advisor {

// Whether the items of the calling thread's next page are noted: those of its first pages, later of
// one page in eight.
bool NotesNextPage();

// Adds the S and N values of an item to the trace's last result, also those in lists and maps: of
// each its hash (HashBytes of the encoded value) and its KeyPartHash.
void NoteValues(ItemView item, trace::Trace& trace);

// Adds the elements of an item's lists, sets and maps of ids to the access that read it by its key,
// each as a result. Those with few elements are left out. Looks at the calling thread's first items
// and later at one in sixteen.
void NoteElements(ItemView item, trace::Access& access, trace::Trace& trace);

// A hash of what a value identifies, "17ab" of "USER#17ab" as of "17ab": the text behind the last
// mark. 0 where that is so short that it may be the same by chance.
uint64_t KeyPartHash(std::string_view text, bool number);

}  // namespace dynarock::advisor
