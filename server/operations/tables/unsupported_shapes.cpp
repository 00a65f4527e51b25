#include "server/operations/tables/unsupported_shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kVectorAttributeMembers[] = {{"AttributeName", &kStringShape}};
constexpr Shape kVectorAttribute = Structure("VectorAttributeDefinition", kVectorAttributeMembers);
constexpr Member kProjectionMembers[] = {
    {"ProjectionType", &kStringShape},
    {"NonKeyAttributes", &kStringListShape},
};
constexpr Shape kVectorProjection = Structure("Projection", kProjectionMembers);
constexpr Member kSearchMembers[] = {
    {"AttributeName", &kStringShape},
    {"SearchSchemaElementType", &kStringShape},
};
constexpr Shape kSearchElement = Structure("SearchSchemaElement", kSearchMembers);
constexpr Shape kSearchSchema = ListOf(kSearchElement);
constexpr Member kVectorIndexMembers[] = {
    {"IndexName", &kStringShape},        {"VectorAttribute", &kVectorAttribute},
    {"Projection", &kVectorProjection},  {"Dimensions", &kIntegerShape},
    {"DistanceFunction", &kStringShape}, {"SearchSchema", &kSearchSchema},
};
constexpr Shape kVectorIndex = Structure("VectorIndex", kVectorIndexMembers);
constexpr Shape kCreateVector = Structure("CreateVectorIndexAction", kVectorIndexMembers);
constexpr Member kDeleteVectorMembers[] = {{"IndexName", &kStringShape}};
constexpr Shape kDeleteVector = Structure("DeleteVectorIndexAction", kDeleteVectorMembers);
constexpr Member kVectorUpdateMembers[] = {
    {"Create", &kCreateVector},
    {"Delete", &kDeleteVector},
};
constexpr Shape kVectorUpdate = Structure("VectorIndexUpdate", kVectorUpdateMembers);

constexpr Member kReadOverrideMembers[] = {{"ReadCapacityUnits", &kLongShape}};
constexpr Shape kReadOverride = Structure("ProvisionedThroughputOverride", kReadOverrideMembers);
constexpr Member kMaxReadOverrideMembers[] = {{"MaxReadRequestUnits", &kLongShape}};
constexpr Shape kMaxReadOverride = Structure("OnDemandThroughputOverride", kMaxReadOverrideMembers);
constexpr Member kReplicaIndexMembers[] = {
    {"IndexName", &kStringShape},
    {"ProvisionedThroughputOverride", &kReadOverride},
    {"OnDemandThroughputOverride", &kMaxReadOverride},
};
constexpr Shape kReplicaIndex = Structure("ReplicaGlobalSecondaryIndex", kReplicaIndexMembers);
constexpr Shape kReplicaIndexes = ListOf(kReplicaIndex);
constexpr Member kReplicaMembers[] = {
    {"RegionName", &kStringShape},
    {"KMSMasterKeyId", &kStringShape},
    {"ProvisionedThroughputOverride", &kReadOverride},
    {"OnDemandThroughputOverride", &kMaxReadOverride},
    {"GlobalSecondaryIndexes", &kReplicaIndexes},
    {"TableClassOverride", &kStringShape},
};
constexpr Member kRegionMembers[] = {{"RegionName", &kStringShape}};
constexpr Shape kCreateReplica = Structure("CreateReplicationGroupMemberAction", kReplicaMembers);
constexpr Shape kUpdateReplica = Structure("UpdateReplicationGroupMemberAction", kReplicaMembers);
constexpr Shape kDeleteReplica = Structure("DeleteReplicationGroupMemberAction", kRegionMembers);
constexpr Shape kDisassociateReplica =
    Structure("DisassociateReplicationGroupMemberAction", kRegionMembers);
constexpr Member kReplicaUpdateMembers[] = {
    {"Create", &kCreateReplica},
    {"Update", &kUpdateReplica},
    {"Delete", &kDeleteReplica},
    {"Disassociate", &kDisassociateReplica},
};
constexpr Shape kReplicaUpdate = Structure("ReplicationGroupUpdate", kReplicaUpdateMembers);

constexpr Shape kCreateWitness =
    Structure("CreateGlobalTableWitnessGroupMemberAction", kRegionMembers);
constexpr Shape kDeleteWitness =
    Structure("DeleteGlobalTableWitnessGroupMemberAction", kRegionMembers);
constexpr Member kWitnessMembers[] = {
    {"Create", &kCreateWitness},
    {"Delete", &kDeleteWitness},
};
constexpr Shape kWitnessUpdate = Structure("GlobalTableWitnessGroupUpdate", kWitnessMembers);

}  // namespace

constexpr Shape kVectorIndexes = ListOf(kVectorIndex);
constexpr Shape kVectorIndexUpdates = ListOf(kVectorUpdate);
constexpr Shape kReplicaUpdates = ListOf(kReplicaUpdate);
constexpr Shape kWitnessUpdates = ListOf(kWitnessUpdate);

}  // namespace dynarock::operations
