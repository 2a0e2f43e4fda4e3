#pragma once

#include "manifest/manifest_reader.hpp"
#include "manifest/object_readers.hpp"
#include "yaml/document_reader.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace lab::manifest {

/// Which cluster do these documents make?  Takes objects one by one, then judges them together.
///
/// Together: the same object twice, one nodePort for two Services, pods that belong to a
/// Deployment of the input, kinds and redacted values counted. One reading's worth.
class ClusterBuilder {
public:
    /// Every object of a document: its root, or the items of a List.
    void takeDocument(const yaml::Document& document);

    /// What was wrong with a text before it had documents.
    void takeFindings(Findings findings);

    /// No more than 200,000 objects: then nothing further is taken.
    [[nodiscard]] bool isFull() const;

    [[nodiscard]] ReadCluster finish();

private:
    struct Object {
        const yaml::Document& document;
        const yaml::Node& root;
        std::string apiVersion;
        std::string kind;
    };
    struct Counted {
        std::size_t count = 0;
        Place first;
        Severity severity = Severity::Note;
    };
    struct OwnedPod {
        model::Pod pod;
        ControllerReference owner;
    };
    struct Taken {
        std::size_t index = 0; ///< In the cluster's list of that kind.
        Place place;
    };

    void takeItems(const yaml::Document& document, const yaml::Node& root, const Object& list);
    void takeObject(const Object& object);
    void readObject(const Object& object);
    void readOwned(const Object& object);
    void refuseKind(const Object& object, std::string message, std::string remedy);
    void countKind(const Object& object, Severity severity);
    void noteRedacted(const model::Secret& secret);

    /// Runs one of object_readers.hpp and keeps its value, unless something was wrong.
    template <typename Value, typename Read>
    void take(const Object& object, std::vector<Value>& list, Read read);
    template <typename Value>
    void keep(const Object& object, std::vector<Value>& list, Value value);
    [[nodiscard]] bool isSound(const Object& object, std::size_t firstFinding);

    void placeOwnedPods();
    void refuseSharedNodePorts();
    void reportCounts();
    void sortFindings();

    ReadCluster read_;
    std::vector<OwnedPod> ownedPods_;
    std::unordered_map<std::string, Taken> taken_; ///< By "Kind ns/name".
    std::map<std::string, Counted> counted_;       ///< Kinds that are not read.
    Counted redacted_;
    std::size_t objects_ = 0;
    std::vector<std::shared_ptr<const std::string>> files_; ///< In the order given.
};

} // namespace lab::manifest
